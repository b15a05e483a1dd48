// On every page of somebody signed in: the end of the sign-in is told beforehand, and what is being typed survives it.
import { watchPresence } from "./console-here.js";
import { watchTyping } from "./console-typed.js";

watchTyping();
watchPresence();
