// Doing something on the server; where it cannot be done, the person is told why.

import { act, upload } from "./api.js";
import { toast } from "./dialogs.js";

/** Do it; gives what came of it (true where nothing did), or null if it failed. @param {string} name @param {Record<string, unknown>} facts */
export const attempt = (name, facts) => told(act(name, facts));

/** Send a file; null where that failed. @param {Record<string, unknown>} facts @param {File} file */
export const attemptUpload = (facts, file) => told(upload(facts, file));

async function told(doing) {
  try {
    return (await doing) ?? true;
  } catch (error) {
    toast(error.message);
    return null;
  }
}
