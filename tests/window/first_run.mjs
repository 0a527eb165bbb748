// The first minutes of a new person, as steps that several journeys begin with.

/** Names a new workspace and asks for it. */
export async function askForWorkspace(window, name) {
  await window.press("button", "New workspace");
  await window.type("input", "Name", name);
  await window.press("button", "Create workspace");
}

/** Reads the recovery key, says that it is kept, and goes on into the workspace. */
export async function keepRecoveryKey(window) {
  await window.find("[data-testid=recovery-key]");
  const key = await window.execute("return document.querySelector('[data-testid=recovery-key]').textContent");
  await window.press("label, input[type=checkbox]", "I have put it where I will find it again");
  await window.press("button", "Go on");
  await window.find("nav a", "Costs");
  return key.trim();
}
