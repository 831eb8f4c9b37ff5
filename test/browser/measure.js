// Runs in the page under test: what a reader of it would see. Gives plain data.
// Contrast as WCAG 2 defines it: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio

(() => {
  function rgba(text) {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return { red, green, blue, alpha };
  }

  function over(front, back) {
    const mix = (one, other) => one * front.alpha + other * (1 - front.alpha);
    return {
      red: mix(front.red, back.red),
      green: mix(front.green, back.green),
      blue: mix(front.blue, back.blue),
      alpha: 1,
    };
  }

  /** What is behind an element: the backgrounds of all around it, upon one another. */
  function ground(element) {
    const around = [];
    for (let one = element; one !== null; one = one.parentElement) around.push(one);
    const white = { red: 255, green: 255, blue: 255, alpha: 1 };
    return around.reduceRight(
      (behind, one) => over(rgba(getComputedStyle(one).backgroundColor), behind),
      white,
    );
  }

  function luminance({ red, green, blue }) {
    const linear = [red, green, blue].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  function isVisible(element) {
    const { width, height } = element.getBoundingClientRect();
    const isClipped =
      element.closest('thead') !== null &&
      getComputedStyle(element.closest('thead')).position === 'absolute';
    return width > 0 && height > 0 && !isClipped && element.checkVisibility();
  }

  const texts = [...document.querySelectorAll('body *')]
    .filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''),
    )
    .filter(isVisible)
    .map((element) => {
      const style = getComputedStyle(element);
      const isDrawn = element instanceof SVGElement;
      const back = ground(isDrawn ? element.closest('figure') : element);
      const size = Number.parseFloat(style.fontSize);
      return {
        text: element.textContent.trim().slice(0, 60),
        size,
        contrast: contrast(over(rgba(isDrawn ? style.fill : style.color), back), back),
      };
    });

  const charts = [...document.querySelectorAll('figure')].map((figure) => {
    const shown = [...figure.querySelectorAll(':scope > svg')].filter(isVisible);
    const boxes = shown.map((svg) => svg.getBoundingClientRect());
    const card = figure.getBoundingClientRect();
    return {
      title: figure.querySelector('h3').textContent,
      shown: shown.length,
      width: boxes[0]?.width ?? 0,
      height: boxes[0]?.height ?? 0,
      shapes: shown[0]?.querySelectorAll('path[fill^="var(--"]').length ?? 0,
      isWithin: boxes.every((box) => box.left >= card.left && box.right <= card.right),
      texts: [...(shown[0]?.querySelectorAll('text') ?? [])].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < boxes[0].left - 1 || box.right > boxes[0].right + 1;
      }).length,
    };
  });

  const keys = [...document.querySelectorAll('.key')].filter(isVisible).map((key) => ({
    text: key.className,
    contrast: contrast(rgba(getComputedStyle(key).backgroundColor), ground(key.parentElement)),
  }));

  const width = document.documentElement.clientWidth;
  const outside = [...document.querySelectorAll('body *')]
    .filter(isVisible)
    .filter((element) => {
      const edge = element.parentElement.closest('.card, figure')?.getBoundingClientRect().right;
      return element.getBoundingClientRect().right > Math.min(width, edge ?? width) + 0.5;
    })
    .map((element) => `${element.tagName} ${element.textContent.trim().slice(0, 40)}`);

  return {
    scrolls: document.documentElement.scrollWidth > width,
    background: getComputedStyle(document.body).backgroundColor,
    scripts: document.querySelectorAll('script, img, iframe, link').length,
    outside,
    texts,
    charts,
    keys,
  };
})();
