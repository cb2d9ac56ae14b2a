// What axe does not look at. Evaluated in the page under test; every function returns findings as sentences.
({
  findings(language) {
    const found = [];
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const firsts = headings.filter((heading) => heading.tagName === "H1");
    if (firsts.length !== 1) found.push(`${firsts.length} h1`);
    let before = 0;
    for (const heading of headings) {
      const level = Number(heading.tagName[1]);
      if (level > before + 1) found.push(`h${level} after h${before}: ${heading.textContent.trim()}`);
      before = level;
    }
    if (document.documentElement.lang !== language) found.push(`lang is ${document.documentElement.lang}`);
    if (!document.title.trim()) found.push("no title");
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    ids.filter((id, place) => ids.indexOf(id) !== place).forEach((id) => found.push(`id twice: ${id}`));
    return found;
  },

  // At 320 px: nothing may need sideways scrolling but what has a scroller of its own.
  wide() {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((one) => one.getBoundingClientRect().right > width + 1 && !this.scrolls(one) && !this.hidden(one))
      .map((one) => `too wide: ${this.name(one)}`)
      .slice(0, 5)
      .concat([`page is ${document.documentElement.scrollWidth} px wide`]);
  },

  // At 200 % text: no words behind an edge.
  cut() {
    return [...document.body.querySelectorAll("*")]
      .filter((one) => one.textContent.trim() && !(one instanceof SVGElement) && !this.hidden(one))
      .filter((one) => {
        const style = getComputedStyle(one);
        const narrow = one.scrollWidth > one.clientWidth + 1;
        const low = one.scrollHeight > one.clientHeight + 1;
        if (one.matches("button, .btn, .step, .chip")) return one.clientWidth > 0 && (narrow || low);
        return (narrow && ["hidden", "clip"].includes(style.overflowX)) || (low && ["hidden", "clip"].includes(style.overflowY));
      })
      .map((one) => `cut: ${this.name(one)}`);
  },

  // Every text somebody sees or hears, outside parts marked as another language.
  texts() {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    const texts = [document.title];
    const foreign = (one) => one.closest("script, style, pre, code, textarea, [lang]:not(html)");
    while (walker.nextNode()) {
      if (!foreign(walker.currentNode.parentElement)) texts.push(walker.currentNode.textContent);
    }
    for (const one of document.querySelectorAll("[aria-label], [alt], [title], [placeholder], [data-left], meta[name=description]")) {
      if (foreign(one)) continue;
      for (const name of ["aria-label", "alt", "title", "placeholder", "content", "data-left", "data-over", "data-restored"]) {
        if (one.hasAttribute(name)) texts.push(one.getAttribute(name));
      }
    }
    return texts.map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean);
  },

  scrolls(one) {
    for (let box = one.parentElement; box && box !== document.body; box = box.parentElement) {
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  },

  hidden(one) {
    for (let box = one; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      const clipped = style.clipPath !== "none" || (style.clip !== "auto" && style.position === "absolute");
      if (clipped || style.display === "none" || style.visibility === "hidden") return true;
    }
    return false;
  },

  name(one) {
    return `${one.outerHTML.slice(0, 90)} (${one.textContent.trim().slice(0, 40)})`;
  },
})
