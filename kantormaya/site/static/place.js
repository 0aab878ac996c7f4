// "Use my location": writes where the device is into the field of a place. Without this file one types it.
(() => {
  if (!navigator.geolocation || !window.isSecureContext) return;
  const show = (root) => root.querySelectorAll("button[data-point]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-point]");
    if (!button) return;
    const field = document.getElementById(button.dataset.point);
    const said = document.getElementById(`${button.dataset.point}-said`);
    said.textContent = button.dataset.asking;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      field.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
      said.textContent = button.dataset.found;
    }, () => { said.textContent = button.dataset.failed; }, { enableHighAccuracy: true, timeout: 20000 });
  });
  document.addEventListener("htmx:load", (event) => show(event.target));
  show(document);
})();
