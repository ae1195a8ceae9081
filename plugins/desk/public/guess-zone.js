// The setup begins with the time zone of the browser, when the list offers it and nothing was chosen yet.
const list = document.querySelector('select[name="timeZone"]');
const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
// Zones have older names too; the browser's own name of a zone tells that two are the same.
const canonical = (timeZone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return '';
  }
};
const options = [...(list?.options ?? [])];
const isUntouched = options.every(({ selected, defaultSelected }) => selected === defaultSelected);
const fits =
  options.find(({ value }) => value === here) ?? options.find(({ value }) => canonical(value) === here);
if (isUntouched && fits) fits.selected = true;
