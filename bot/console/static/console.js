// Starts what a console page needs. Every page works without it; with it nothing has to be reloaded.
import { listen } from "./console-live.js";
import { watchKeys } from "./console-keys.js";
import { watchCall } from "./console-call.js";
import { watchChat } from "./console-chat.js";
import { watchChats } from "./console-chats.js";
import { watchStudio } from "./console-studio.js";

listen();
watchKeys();
watchCall();
watchChat();
watchChats();
watchStudio();
