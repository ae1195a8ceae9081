import type { SampleArticle } from './sample.js';

/** Articles about devices, of a shop that sells heating. */
export const thermostats: readonly SampleArticle[] = [
  {
    category: 'thermostats',
    visibility: 'public',
    texts: {
      ru: {
        title: 'Откат прошивки TD-120 до версии 2.3.7',
        summary: 'Что делать, если после обновления до 2.4 термостат теряет связь с котлом.',
        body: `Если после обновления до 2.4 термостат каждые несколько часов теряет связь с котлом, верните предыдущую версию. Это безопасно: расписания и температура сохранятся.

## Что понадобится

- кабель USB-C и ноутбук с Windows или macOS
- утилита TD Service и файл прошивки 2.3.7
- десять минут на каждый модуль

## По шагам

1. Снимите лицевую панель и подключите модуль кабелем USB-C.
2. В утилите выберите «Прошивка», затем «Из файла» и укажите 2.3.7.
3. Дождитесь зелёного индикатора и верните панель на место.

> **Не отключайте питание котла.** Во время отката он работает по своей уставке.

## Если индикатор мигает красным

Кабель только заряжает и не передаёт данные. Возьмите другой и начните с первого шага.`,
      },
      en: {
        title: 'Roll the TD-120 firmware back to 2.3.7',
        summary: 'What to do when the thermostat loses the boiler after updating to 2.4.',
        body: `If the thermostat loses the boiler every few hours after updating to 2.4, go back to the previous version. It is safe: schedules and temperatures are kept.

## What you need

- a USB-C cable and a Windows or macOS laptop
- the TD Service tool and the 2.3.7 file
- ten minutes for each module

## Step by step

1. Remove the front panel and connect the module by USB-C.
2. In the tool choose Firmware, then From file, and pick 2.3.7.
3. Wait for the green light and put the panel back.

> **Keep the boiler powered.** During the rollback it runs on its own setpoint.

## If the light blinks red

The cable charges but carries no data. Take another one and begin again.`,
      },
    },
  },
  {
    category: 'thermostats',
    visibility: 'public',
    texts: {
      ru: {
        title: 'Термостат не видит котёл',
        summary: 'Проверка шины и питания за пять минут.',
        body: `На экране значок котла перечёркнут, а батареи остывают. Чаще всего дело в проводе между термостатом и котлом.

## Проверьте питание

Экран светится — питание есть. Если нет, смените батарейки: две AA, лучше щелочные.

## Проверьте шину

1. Выключите котёл.
2. Снимите термостат с подложки и подтяните клеммы OT+ и OT−.
3. Включите котёл и подождите две минуты.

## Не помогло

Напишите нам модель котла и что показывает экран: мы знаем больше трёхсот моделей и подскажем настройку.`,
      },
      en: {
        title: 'The thermostat cannot see the boiler',
        summary: 'Check the bus and the power in five minutes.',
        body: `The boiler icon is crossed out and the radiators are getting cold. Mostly it is the wire between thermostat and boiler.

## Check the power

If the display is lit, there is power. If not, change the batteries: two AA, preferably alkaline.

## Check the bus

1. Switch the boiler off.
2. Take the thermostat off its plate and tighten the OT+ and OT− terminals.
3. Switch the boiler on and wait two minutes.

## Still nothing

Write to us with the model of the boiler and what the display says: we know more than three hundred models.`,
      },
    },
  },
  {
    category: 'thermostats',
    visibility: 'public',
    texts: {
      ru: {
        title: 'Как подключить термостат к голосовому помощнику',
        summary: 'Алиса и другие помощники меняют температуру голосом.',
        body: `Термостат TD-120 с прошивкой не старше 2.3 понимает голосовые команды через приложение «Тёплый дом».

## Подключение

1. В приложении откройте «Настройки» → «Голос» и выберите помощника.
2. Войдите под своей учётной записью.
3. Назовите комнаты так, как вы их называете вслух.

## Что можно сказать

| Команда | Что произойдёт |
|---|---|
| «Сделай теплее в спальне» | плюс один градус |
| «Поставь 21 градус» | во всех комнатах |
| «Я уехал» | режим экономии |`,
      },
      en: {
        title: 'Connect the thermostat to a voice assistant',
        summary: 'Assistants change the temperature when you ask them to.',
        body: `A TD-120 with firmware 2.3 or newer understands voice commands through the Warm House app.

## Connect

1. In the app open Settings → Voice and choose the assistant.
2. Sign in with your account.
3. Name the rooms as you call them aloud.

## What you can say

| Command | What happens |
|---|---|
| "Make the bedroom warmer" | one degree up |
| "Set 21 degrees" | in all rooms |
| "I am away" | economy mode |`,
      },
    },
  },
  {
    category: 'heaters',
    visibility: 'public',
    texts: {
      ru: {
        title: 'Какой мощности взять обогреватель',
        summary: 'Простой расчёт по площади и утеплению.',
        body: `На десять квадратных метров утеплённой комнаты с потолком 2,7 м нужен один киловатт.

## Когда нужно больше

- угловая комната: на 20 % больше
- потолки выше трёх метров: на 30 %
- старые окна: на 20 %

Для комнаты 18 м² с двумя наружными стенами возьмите 2,2 кВт.

## Сколько это стоит

Обогреватель с термостатом работает примерно треть времени. Два киловатта за вечер с шести до полуночи — это около четырёх киловатт-часов.`,
      },
      en: {
        title: 'Choosing the power of a heater',
        summary: 'A simple reckoning by area and insulation.',
        body: `An insulated room with a 2.7 m ceiling needs one kilowatt for every ten square metres.

## When you need more

- a corner room: 20 % more
- ceilings above three metres: 30 %
- old windows: 20 %

For 18 m² with two outer walls take 2.2 kW.

## What it costs

A heater with a thermostat runs about a third of the time. Two kilowatts from six to midnight make about four kilowatt hours.`,
      },
    },
  },
];
