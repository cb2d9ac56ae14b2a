// The second line against crowds of invented people: a number whose hash, after the form's key, begins with noughts.
// It is looked for while the form is filled in, on this device, and asked for only if very many register from one place
// at once. Without it (no script, no secure connection) such a registration holds no seat before its mail is confirmed.
const form = document.querySelector("form[data-work]");
const TOGETHER = 256;

async function search(key, bits) {
  for (let first = 0; ; first += TOGETHER) {
    const numbers = Array.from({ length: TOGETHER }, (_, index) => first + index);
    const hashes = await Promise.all(numbers.map((number) => hash(`${key}:${number}`)));
    const found = hashes.findIndex((bytes) => startsWithNoughts(bytes, bits));
    if (found >= 0) return numbers[found];
    await new Promise((resolve) => setTimeout(resolve)); // let people type
  }
}

const hash = async (text) => new DataView(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

const startsWithNoughts = (bytes, bits) => bytes.getUint32(0) >>> (32 - bits) === 0;

if (form && globalThis.crypto?.subtle) {
  form.elements.work.value = await search(form.elements.key.value, Number(form.dataset.work));
}
