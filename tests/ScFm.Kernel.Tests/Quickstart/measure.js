// Counts what is drawn in each figure of the page, once all are there, and leaves it as JSON in the body's data-figures.
window.addEventListener("load", function () {
  function painted(canvas) {
    var copy = document.createElement("canvas");
    copy.width = canvas.width; copy.height = canvas.height;
    if (!copy.width || !copy.height) return 0;
    var pen = copy.getContext("2d"), count = 0;
    pen.drawImage(canvas, 0, 0);
    var pixels = pen.getImageData(0, 0, copy.width, copy.height).data;
    for (var k = 3; k < pixels.length; k += 4) if (pixels[k] > 0) count++;
    return count;
  }
  function measure(figure) {
    var place = figure.getBoundingClientRect(), canvases = figure.querySelectorAll("canvas"), pixels = 0;
    function count(marks) { return figure.querySelectorAll(marks).length; }
    for (var i = 0; i < canvases.length; i++) pixels += painted(canvases[i]);
    return {
      left: Math.round(place.left + window.scrollX), top: Math.round(place.top + window.scrollY), width: Math.round(place.width), height: Math.round(place.height),
      overflow: Math.max(0, figure.scrollWidth - figure.clientWidth),
      title: Array.prototype.map.call(figure.querySelectorAll(".gtitle, .annotation-text, .g-xtitle text, .g-ytitle text"), function (text) { return text.textContent; }).join(" | "),
      plots: count(".main-svg"), points: count("path.point"), lines: count(".js-line"), images: count(".hm image"), bars: count(".bars .point path"), shapes: count(".shapelayer path"), painted: pixels
    };
  }
  setTimeout(function () {
    document.body.setAttribute("data-figures", JSON.stringify(Array.prototype.map.call(document.querySelectorAll("[data-scfm]"), measure)));
    document.body.setAttribute("data-size", JSON.stringify({ width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight }));
  }, 6000);
});
