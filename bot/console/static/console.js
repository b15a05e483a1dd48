// Starts what a console page needs beyond console-signed-in.js. Every page works without it; with it nothing has to be reloaded.
import { listen } from "./console-live.js";
import { watchKeys } from "./console-keys.js";
import { watchMenus } from "./console-menus.js";
import { watchQueue } from "./console-queue.js";
import { watchQueueKeys } from "./console-queue-keys.js";
import { watchSignals } from "./console-signals.js";
import { watchAlarms } from "./console-alarms.js";
import { watchCall } from "./console-call.js";
import { watchChat } from "./console-chat.js";
import { watchChats } from "./console-chats.js";
import { watchDay } from "./console-day.js";
import { watchStudio } from "./console-studio.js";

listen();
watchKeys();
watchMenus();
watchQueue();
watchQueueKeys();
watchSignals();
watchAlarms();
watchCall();
watchChat();
watchChats();
watchDay();
watchStudio();
