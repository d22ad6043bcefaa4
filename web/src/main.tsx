import { render } from "preact";
import { begin_arrivals } from "./session/arrival";
import { App } from "./shell/app";
import { apply_theme, kept_theme } from "./shell/theme";
import "./style/govuk.scss";
import "./style/moj.scss";
import "./style/main.scss";

begin_arrivals();
apply_theme(kept_theme());
const place = document.getElementById("page");
if (place === null) throw new Error("index.html has no element with the id “page”");
render(<App />, place);
