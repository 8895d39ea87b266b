/** Dark or light: as the system says, until one chooses. */

const KEY = "threadlight-demo-theme";
const LIGHT = matchMedia("(prefers-color-scheme: light)");

/** Show the page in the wanted colours, and let a button change them. */
export function keepTheme(button) {
  const show = () => {
    const theme = localStorage.getItem(KEY) ?? (LIGHT.matches ? "light" : "dark");
    document.documentElement.dataset.theme = theme;
    button.setAttribute("aria-pressed", String(theme === "light"));
  };
  button.addEventListener("click", () => {
    const light = document.documentElement.dataset.theme === "light";
    localStorage.setItem(KEY, light ? "dark" : "light");
    show();
  });
  LIGHT.addEventListener("change", show);
  show();
}
