"use strict";
// A column's heading is a button: up, down, and back to the order of the table. Heads of sections stay.
(() => {
  const say = document.getElementById("sorted");
  const number = /^[<>≥≤]?\s*[-−]?[\d,]*\.?\d+/;
  const value = (text) => {
    const found = number.exec(text.trim());
    return found ? parseFloat(found[0].replace(/[<>≥≤,\s]/g, "").replace("−", "-")) : null;
  };
  const compare = (a, b, sign) => {
    const [x, y] = [value(a), value(b)];
    if (x !== null && y !== null && x !== y) return (x - y) * sign;
    // Where some cells hold a figure, those without one stand below them either way.
    if ((x === null) !== (y === null)) return x === null ? 1 : -1;
    return a.localeCompare(b, "en") * sign;
  };
  const places = (head) => {
    const taken = [], found = [];
    [...head.rows].forEach((row, at) => {
      let place = 0;
      for (const cell of row.cells) {
        taken[at] = taken[at] || [];
        while (taken[at][place]) place += 1;
        for (let down = 0; down < cell.rowSpan; down += 1) {
          taken[at + down] = taken[at + down] || [];
          for (let right = 0; right < cell.colSpan; right += 1) taken[at + down][place + right] = true;
        }
        if (cell.scope === "col") found.push([cell, place]);
        place += cell.colSpan;
      }
    });
    return found;
  };
  for (const table of document.querySelectorAll("main table")) {
    if (!table.tHead) continue;
    const bodies = [...table.tBodies].map((body) => [...body.rows]);
    if (!bodies.some((rows) => rows.length > 2)) continue;
    const heads = places(table.tHead);
    for (const [head, place] of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        const way = before === null ? "ascending" : before === "ascending" ? "descending" : null;
        for (const [other] of heads) other.removeAttribute("aria-sort");
        if (way) head.setAttribute("aria-sort", way);
        [...table.tBodies].forEach((body, at) => {
          const rows = bodies[at];
          const first = rows[0].classList.contains("head") ? 1 : 0;
          const text = (row) => (row.cells[place] || row.cells[0]).textContent;
          const rest = rows.slice(first);
          if (way) rest.sort((a, b) => compare(text(a), text(b), way === "ascending" ? 1 : -1));
          body.append(...rows.slice(0, first), ...rest);
        });
        say.textContent = `${button.textContent}: ${way || "the table's own order"}`;
      });
    }
  }
  // Answers are folded: whoever follows a link to one unfolds them.
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("details");
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
