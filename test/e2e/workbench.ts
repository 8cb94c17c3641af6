import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { cacheFolder } from '../vscode/install.ts';

type ViewTitle = 'Images' | 'Instances' | 'In This Workspace';

/** How long (ms) the editor may take for a step on a busy machine. */
const timeout = 30_000;

/**
 * The editor as a person meets it: rows, menus, quick picks, notifications, the clipboard and web views, found by what
 * they say. It waits for what it looks for, as long as it takes.
 */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(timeout);
  }

  /** Opens AMI Explorer from the activity bar and waits for its views. */
  async openAmiExplorer(): Promise<void> {
    const tab = this.page.getByRole('tab', { name: 'AMI Explorer' }).first();
    for (let round = 0; round < 3; round += 1) {
      // A click on the one that is open closes it, and a window that is reloaded opens it by itself after a while.
      if ((await tab.getAttribute('aria-selected')) !== 'true') {
        await tab.click();
      }
      if (await this.settled(() => this.view('Images').isVisible(), 10_000)) {
        return;
      }
    }
    throw new Error('AMI Explorer does not open.');
  }

  /** A view of the sidebar, by its title. */
  view(title: ViewTitle): Locator {
    return this.page.locator('.pane', { has: this.page.locator('.pane-header', { hasText: title }) });
  }

  /** What stands beside a view's title. */
  async viewDescription(title: ViewTitle): Promise<string> {
    const description = this.view(title).locator('.pane-header .description');
    return (await description.count()) > 0 ? description.first().innerText() : '';
  }

  /** What stands above the rows of a view; empty where nothing does. */
  async viewMessage(title: ViewTitle): Promise<string> {
    const message = this.view(title).locator('.message:not(.hide)');
    return (await message.count()) > 0 ? message.first().innerText() : '';
  }

  /** A row of a view by the beginning of its label; give the region's row first where several regions have the same. */
  row(view: ViewTitle, label: string | RegExp): Locator {
    const name = typeof label === 'string' ? new RegExp(`^${escapeRegExp(label)}`) : label;
    return this.view(view)
      .locator('.monaco-list-row', { has: this.page.locator('.label-name', { hasText: name }) })
      .first();
  }

  /** Expands the rows one inside the other, each by a click as far as it is collapsed. */
  async expand(view: ViewTitle, ...labels: readonly (string | RegExp)[]): Promise<void> {
    for (const label of labels) {
      const row = this.row(view, label);
      await this.reveal(view, row);
      const end = Date.now() + timeout;
      while ((await row.getAttribute('aria-expanded')) !== 'true') {
        if (Date.now() > end) {
          throw new Error(`${label} does not open: ${(await this.rows(view)).join(' | ')}`);
        }
        // A row that is drawn anew at this very moment loses the click: it is then clicked again.
        await row.click();
        await this.settled(async () => (await row.getAttribute('aria-expanded')) === 'true', 3_000);
      }
    }
  }

  /** Whether a condition comes to hold within a time (ms). */
  async settled(condition: () => Promise<boolean>, time: number): Promise<boolean> {
    const end = Date.now() + time;
    while (Date.now() < end) {
      if (await condition()) {
        return true;
      }
      await this.page.waitForTimeout(50);
    }
    return false;
  }

  /** Scrolls a view until a row is drawn: only what is on screen is. */
  async reveal(view: ViewTitle, row: Locator): Promise<void> {
    const list = this.view(view).locator('.monaco-list').first();
    await list.waitFor();
    const end = Date.now() + timeout;
    await list.hover();
    // A list goes a part of the way only, however far it is to be scrolled at once: up until nothing moves any more,
    // then down.
    let down = false;
    while (Date.now() < end) {
      if ((await row.isVisible()) && (await this.#scrolledTo(row)) && (await isWithin(row, list))) {
        return;
      }
      const before = await list.innerText();
      await this.page.mouse.wheel(0, down ? 120 : -2_000);
      await this.page.waitForTimeout(100);
      down = (await list.innerText()) === before ? !down : down;
    }
    throw new Error(`The row is not in ${view}: ${row.toString()}\n${await list.innerText()}`);
  }

  /** False where the row was drawn anew in between. */
  async #scrolledTo(row: Locator): Promise<boolean> {
    try {
      await row.scrollIntoViewIfNeeded({ timeout: 2_000 });
      return true;
    } catch {
      return false;
    }
  }

  /** What the rows of a view that are on screen say. */
  async rows(view: ViewTitle): Promise<readonly string[]> {
    const rows = await this.view(view).locator('.monaco-list-row').allInnerTexts();
    return rows.map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** Right-clicks and chooses from the menu. */
  async contextMenu(row: Locator, item: string): Promise<void> {
    await row.click({ button: 'right' });
    const entry = this.page.locator('.monaco-menu').getByRole('menuitem', { name: item, exact: true });
    // A menu swallows the clicks of its first moments, lest the one that opened it chooses as well.
    await entry.hover();
    await this.page.keyboard.press('Enter');
    await entry.waitFor({ state: 'detached' });
  }

  /** What the menu of a row has, from the top. */
  async contextMenuEntries(row: Locator): Promise<readonly string[]> {
    await row.click({ button: 'right' });
    const entries = this.page.locator('.monaco-menu').getByRole('menuitem');
    await entries.first().waitFor();
    const names = await entries.allInnerTexts();
    await this.page.keyboard.press('Escape');
    await entries.first().waitFor({ state: 'detached' });
    return names.map((name) => name.trim());
  }

  /** The button that a row shows when the pointer is over it. */
  async inlineButton(row: Locator, title: string): Promise<void> {
    const button = row.getByRole('button', { name: title });
    const end = Date.now() + timeout;
    // A view that has just been answered moves its rows away from the pointer, and draws them once more for their counts:
    // a click in between is lost.
    for (let stays = false; !stays && Date.now() < end; ) {
      await row.hover();
      const shown = await button.elementHandle({ timeout: 1_000 }).catch(() => null);
      await this.page.waitForTimeout(400);
      stays = (await shown?.evaluate((element) => element.isConnected)) === true;
    }
    await button.click();
  }

  /** Rests the pointer on a row until its tooltip is shown: a row that moves away from the pointer shows none. */
  async tooltipOf(row: Locator, tooltip: Locator): Promise<Locator> {
    const end = Date.now() + timeout;
    while (Date.now() < end) {
      await row.hover();
      if (await this.settled(() => tooltip.first().isVisible(), 4_000)) {
        break;
      }
      await this.page.mouse.move(700, 500);
      await this.page.waitForTimeout(300);
    }
    return tooltip;
  }

  /** Runs a command of ours from the palette. */
  command(title: string): Promise<void> {
    return this.paletteCommand('AMI Explorer', title);
  }

  /** Opens Find Image… and types into it. */
  async findImage(text: string): Promise<void> {
    const typed = async () => (await this.quickInput().isVisible()) && (await this.quickInput().inputValue()) === text;
    for (let round = 0; round < 3; round += 1) {
      await this.command('Find Image…');
      await this.quickInput()
        .fill(text, { timeout: 5_000 })
        .catch(() => {});
      // A web view that gets the focus back late, after the palette has closed, closes what has opened since.
      await this.page.waitForTimeout(200);
      if (await typed()) {
        return;
      }
    }
    throw new Error('Find Image… does not stay open.');
  }

  /** Reloads the window as VS Code does, which keeps what is to be kept. */
  async reloadWindow(): Promise<void> {
    const reloaded = this.page.waitForEvent('load');
    await this.paletteCommand('Developer', 'Reload Window');
    await reloaded;
    await this.page.locator('.activitybar').waitFor({ timeout: 90_000 });
  }

  async paletteCommand(category: string, title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.quickInput();
    await input.waitFor();
    await input.fill(`>${category}: ${title}`);
    await this.quickPickRow(title).click();
  }

  /** The text field of the quick pick or input box that is open. */
  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible input[type="text"]').first();
  }

  quickPickRow(label: string | RegExp): Locator {
    return this.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: label }).first();
  }

  async dismissQuickInput(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  quickInputTitle(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-title');
  }

  /** What an input box says below its field. */
  quickInputMessage(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-message');
  }

  /** Types into the input box that is open and accepts. */
  async answer(text: string): Promise<void> {
    await this.quickInput().fill(text);
    await this.page.keyboard.press('Enter');
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text }).first();
  }

  async pressNotificationButton(text: string | RegExp, button: string): Promise<void> {
    await this.notification(text).getByRole('button', { name: button }).click();
  }

  /** A modal dialog of the editor's own. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** What an action puts into the clipboard. */
  async clipboardAfter(act: () => Promise<void>): Promise<string> {
    await this.writeClipboard('');
    await act();
    const end = Date.now() + timeout;
    for (;;) {
      const text = await this.clipboard();
      if (text !== '' || Date.now() > end) {
        return text;
      }
      await this.page.waitForTimeout(50);
    }
  }

  async writeClipboard(text: string): Promise<void> {
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.quickInput().fill(name);
    await this.quickPickRow(name).click();
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    await this.page.locator('.editor-instance .view-lines').first().waitFor();
  }

  /** Replaces the settings of the user as a person does, who edits the file. */
  async writeUserSettings(values: Readonly<Record<string, unknown>>): Promise<void> {
    await this.paletteCommand('Preferences', 'Open User Settings (JSON)');
    const modal = this.page.locator('.monaco-modal-editor-block');
    await modal.locator('.view-lines').first().click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(JSON.stringify(values));
    await this.page.keyboard.press('Control+S');
    await this.page.waitForTimeout(500);
    await this.page.keyboard.press('Escape');
    await modal.waitFor({ state: 'detached' });
  }

  /** The text of the active editor, as far as it is on screen. */
  async editorText(): Promise<string> {
    const lines = await this.page.locator('.editor-group-container.active .view-line').evaluateAll((elements) =>
      elements
        .map((element) => ({
          top: element.getBoundingClientRect().top,
          text: (element.textContent ?? '').replaceAll('\u00a0', ' '),
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return lines.join('\n');
  }

  tab(title: string | RegExp): Locator {
    return this.page.locator('.tab', { hasText: title }).first();
  }

  /** The inside of the web view that is on screen. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').last().frameLocator('#active-frame');
  }

  /** The frames of web views, for what a locator cannot do. */
  webviewFrames(): readonly Frame[] {
    return this.page.frames().filter((frame) => frame.name() === 'active-frame');
  }

  /** Shows a failure to whoever looks for its cause. */
  async screenshot(name: string): Promise<string> {
    const folder = join(cacheFolder, 'failures');
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${name.replace(/[^\w-]+/g, '-').slice(0, 80)}.png`);
    await this.page.screenshot({ path });
    return path;
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether a row is drawn as a whole: a list also draws rows beyond its edges. */
async function isWithin(row: Locator, list: Locator): Promise<boolean> {
  const [inner, outer] = await Promise.all([row.boundingBox(), list.boundingBox()]);
  return (
    inner !== null && outer !== null && inner.y >= outer.y - 1 && inner.y + inner.height <= outer.y + outer.height + 1
  );
}
