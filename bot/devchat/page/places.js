// Sharing a place: a few cities to tap, or any coordinates.

import { answers, field, sheet } from "./dialogs.js";
import { el } from "./dom.js";

const CITIES = [
  ["Casablanca", 33.5731, -7.5898], ["London", 51.5074, -0.1278], ["New York", 40.7128, -74.006], ["São Paulo", -23.5505, -46.6333],
  ["Berlin", 52.52, 13.405], ["Moscow", 55.7558, 37.6173], ["Istanbul", 41.0082, 28.9784], ["Tehran", 35.6892, 51.389],
  ["New Delhi", 28.6139, 77.209], ["Jakarta", -6.2088, 106.8456], ["Shanghai", 31.2304, 121.4737], ["Kathmandu", 27.7172, 85.324],
];

/** Where the person says to be, or null. @returns {Promise<{latitude: number, longitude: number}|null>} */
export function askPlace() {
  return new Promise((resolve) => {
    let said = null;
    const done = (latitude, longitude) => {
      said = { latitude, longitude };
      dialog.close();
    };
    const [latitude, longitude] = [degree("Latitude", 90), degree("Longitude", 180)];
    const form = el("form", { class: "coordinates", method: "dialog" }, latitude, longitude, answers("Share", { no: null }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      done(latitude.valueAsNumber, longitude.valueAsNumber);
    });
    const cities = CITIES.map(([name, north, east]) =>
      el("button", { type: "button", class: "choice", onclick: () => done(north, east) }, String(name)));
    const dialog = sheet("Share a location", el("div", { class: "cities" }, ...cities), el("p", { class: "hint" }, "Or anywhere else:"), form);
    dialog.addEventListener("close", () => resolve(said));
  });
}

const degree = (label, most) => field(label, { type: "number", step: "any", min: String(-most), max: String(most), inputmode: "decimal", maxlength: null });
