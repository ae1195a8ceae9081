import type { SampleArticle } from './sample.js';

/** Articles about orders, and one for colleagues. */
export const orders: readonly SampleArticle[] = [
  {
    category: 'delivery',
    visibility: 'public',
    texts: {
      ru: {
        title: 'Как вернуть или обменять товар',
        summary: 'Четырнадцать дней, деньги — в течение трёх рабочих дней.',
        body: `Если товар не подошёл, верните его в течение 14 дней. Нужны чек или номер заказа и целая упаковка.

## Вернуть курьером

1. Напишите нам номер заказа и причину.
2. Мы пришлём курьера в удобный день, это бесплатно.
3. Деньги вернутся на карту в течение трёх рабочих дней после проверки.

## Обменять на другую модель

Закажите новую модель как обычно, а старую отдайте тому же курьеру. Разницу в цене вернём или доплатите при получении.

> Товар с браком принимаем в течение всей гарантии, упаковка не нужна.`,
      },
      en: {
        title: 'Return or exchange an item',
        summary: 'Fourteen days, money back within three working days.',
        body: `If an item does not suit you, return it within 14 days. You need the receipt or the order number, and the whole packaging.

## Return by courier

1. Write to us with the order number and the reason.
2. We send a courier on a day that suits you, free of charge.
3. The money is back on your card within three working days after the check.

## Exchange for another model

Order the new model as usual and give the old one to the same courier. We return the difference, or you pay it on delivery.

> A faulty item is taken back during the whole warranty, without packaging.`,
      },
    },
  },
  {
    category: 'delivery',
    visibility: 'public',
    texts: {
      ru: {
        title: 'Где мой заказ и как перенести доставку',
        summary: 'Статус заказа, перенос даты и смена адреса.',
        body: `Статус заказа — в письме «Заказ собран»: нажмите на номер.

## Перенести дату

Не позже 18:00 накануне: откройте заказ и выберите другой день. Позже — напишите нам, успеем не всегда.

## Сменить адрес

В пределах города — бесплатно. В другой город заказ отправим заново, это добавит два-три дня.`,
      },
      en: {
        title: 'Where is my order, and how to reschedule delivery',
        summary: 'The state of an order, another day, another address.',
        body: `The state of your order is in the letter “Order packed”: follow its number.

## Another day

Until 18:00 on the day before: open the order and choose another day. Later, write to us; we cannot always make it.

## Another address

Free within the city. To another city the order is sent anew, which takes two or three days more.`,
      },
    },
  },
  {
    category: 'warranty',
    visibility: 'public',
    texts: {
      ru: {
        title: 'Гарантийный ремонт: что делать',
        summary: 'Два года на технику, пять лет на конвекторы.',
        body: `Гарантия начинается в день доставки: два года на термостаты и обогреватели, пять лет на конвекторы.

## Как сдать в ремонт

1. Сфотографируйте серийный номер на задней стенке.
2. Пришлите нам фото и опишите, что случилось.
3. Мы ответим в течение рабочего дня: починим на месте, заберём в сервис или заменим.

## Сколько ждать

Обычно пять — семь дней. Если дольше двух недель, дадим замену на время ремонта.`,
      },
      en: {
        title: 'Repair under warranty: what to do',
        summary: 'Two years for devices, five years for convectors.',
        body: `The warranty begins on the day of delivery: two years for thermostats and heaters, five for convectors.

## How to hand it in

1. Take a photo of the serial number on the back.
2. Send it to us and say what happened.
3. We answer within one working day: repaired on the spot, taken to the workshop, or replaced.

## How long it takes

Usually five to seven days. If it takes more than two weeks, you get a replacement for that time.`,
      },
    },
  },
  {
    category: 'warranty',
    visibility: 'agents',
    texts: {
      ru: {
        title: 'Внутреннее: когда менять без проверки',
        summary: 'Правило для первой линии.',
        body: `Меняем сразу, без проверки в сервисе, если:

- устройству меньше месяца и оно не включается
- серийный номер из партии 24-11 (брак конденсатора)
- у клиента это вторая поломка того же устройства

Во всех остальных случаях — сначала сервис. Сомневаетесь — спросите вторую линию.`,
      },
      en: {
        title: 'Internal: when to replace without a check',
        summary: 'A rule for the first line.',
        body: `We replace at once, without a check in the workshop, when:

- the device is less than a month old and does not switch on
- its serial number is of batch 24-11 (faulty capacitor)
- it is the second failure of the same device

In all other cases the workshop comes first. When in doubt, ask the second line.`,
      },
    },
  },
];
