import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { cacheFolder } from '../vscode/install.ts';

type ViewTitle = 'Images' | 'Instances' | 'In This Workspace';

/** How long (ms) the editor may take for a step on a busy machine. */
const timeout = 60_000;

/** False where it is not there long enough to be clicked: it was not clicked then. */
async function clicked(locator: Locator, time = 5_000): Promise<boolean> {
  return locator.click({ timeout: time }).then(
    () => true,
    () => false,
  );
}

/**
 * The editor as a person meets it: rows, menus, quick picks, notifications, the clipboard and web views, found by what
 * they say. It waits for what it looks for, as long as it takes.
 */
export class Workbench {
  readonly page: Page;
  /** Of the rows that were looked up by their view. */
  readonly #views = new WeakMap<Locator, ViewTitle>();

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(timeout);
  }

  /** Opens AMI Explorer from the activity bar and waits for its views. */
  async openAmiExplorer(): Promise<void> {
    const tab = this.page.getByRole('tab', { name: 'AMI Explorer' }).first();
    const end = Date.now() + timeout;
    while (Date.now() < end) {
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
    const name = this.page.locator('.pane-header .title', { hasText: new RegExp(`^${escapeRegExp(title)}$`) });
    return this.page.locator('.pane', { has: name });
  }

  /** Opens a view that is closed. */
  async openView(title: ViewTitle): Promise<void> {
    const header = this.view(title).locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  }

  /** What stands beside a view's title. */
  async viewDescription(title: ViewTitle): Promise<string> {
    const [description = ''] = await this.view(title).locator('.pane-header .description').allInnerTexts();
    return description;
  }

  /** What stands above the rows of a view; empty where nothing does. */
  async viewMessage(title: ViewTitle): Promise<string> {
    const [message = ''] = await this.view(title).locator('.message:not(.hide)').allInnerTexts();
    return message;
  }

  /** A row of a view by the beginning of its label; give the region's row first where several regions have the same. */
  row(view: ViewTitle, label: string | RegExp, which = ''): Locator {
    const name = typeof label === 'string' ? new RegExp(`^${escapeRegExp(label)}`) : label;
    const row = this.view(view)
      .locator(`.monaco-list-row${which}`, { has: this.page.locator('.label-name', { hasText: name }) })
      .first();
    this.#views.set(row, view);
    return row;
  }

  /** The row of an image by a part of its name, which below a family is in what screen readers read alone. */
  imageRow(name: string | RegExp): Locator {
    const row = this.view('Images').getByRole('treeitem', { name }).first();
    this.#views.set(row, 'Images');
    return row;
  }

  /** Expands the rows one inside the other, each by a click as far as it is collapsed. */
  async expand(view: ViewTitle, ...labels: readonly (string | RegExp)[]): Promise<void> {
    for (const label of labels) {
      // An image may have the name of its family.
      const row = this.row(view, label, '[aria-expanded]');
      await this.reveal(view, row);
      const end = Date.now() + timeout;
      while ((await row.getAttribute('aria-expanded')) !== 'true') {
        if (Date.now() > end) {
          throw new Error(`${label} does not open: ${(await this.rows(view)).join(' | ')}`);
        }
        // A row that is drawn anew at this very moment loses the click: it is then clicked again.
        await this.leaveRows();
        await clicked(row);
        await this.settled(async () => (await row.getAttribute('aria-expanded')) === 'true', 3_000);
      }
    }
  }

  /** Clicks on a row that stays, until it is selected: one that moves or is drawn anew at this moment loses the click. */
  async clickRow(row: Locator): Promise<void> {
    const end = Date.now() + timeout;
    do {
      await this.#approach(row);
      if ((await clicked(row)) && (await this.settled(() => isSelected(row), 3_000))) return;
    } while (Date.now() < end);
    throw new Error(`The click on ${row.toString()} is lost.`);
  }

  /** Selects rows: the first by a click, which opens it, and the others by clicks with a key. */
  async selectRows(rows: readonly Locator[], key: 'Control' | 'Shift' = 'Control'): Promise<void> {
    const [first, ...others] = rows;
    const end = Date.now() + timeout;
    do {
      if (first) await this.clickRow(first);
      for (const row of others) await row.click({ modifiers: [key], timeout: 5_000 }).catch(() => {});
      const areSelected = async () => (await Promise.all(rows.map(isSelected))).every(Boolean);
      if (await this.settled(areSelected, 3_000)) return;
    } while (Date.now() < end);
    throw new Error(`The rows are not selected: ${rows.join(', ')}`);
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
      if ((await row.isVisible()) && (await isWithin(row, list))) {
        await this.leaveRows();
        return;
      }
      const before = await list.innerText();
      await this.page.mouse.wheel(0, down ? 120 : -2_000);
      await this.page.waitForTimeout(100);
      down = (await list.innerText()) === before ? !down : down;
    }
    throw new Error(`The row is not in ${view}: ${row.toString()}\n${await list.innerText()}`);
  }

  /** Moves the pointer away from the views: the tooltip of a row covers those beside it. */
  async leaveRows(): Promise<void> {
    const { width, height } = this.page.viewportSize() ?? { width: 1_000, height: 650 };
    const tooltip = this.page.locator('.workbench-hover').first();
    const end = Date.now() + timeout;
    do {
      await this.page.mouse.move(width - 100, height / 2, { steps: 4 });
      if (await this.settled(async () => !(await tooltip.isVisible()), 1_500)) {
        return;
      }
      // One that was shown as the pointer left stays, until the pointer has been on it.
      await tooltip.hover({ timeout: 1_000 }).catch(() => {});
    } while (Date.now() < end);
    throw new Error(`The tooltip stays: ${await tooltip.innerText()}`);
  }

  /** What the rows of a view that are on screen say. */
  async rows(view: ViewTitle): Promise<readonly string[]> {
    const rows = await this.view(view).locator('.monaco-list-row').allInnerTexts();
    return rows.map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** Right-clicks and chooses from the menu. */
  async contextMenu(row: Locator, item: string): Promise<void> {
    const entry = this.menuEntry(item);
    const focused = this.page.locator('.monaco-menu .action-item.focused').getByRole('menuitem');
    const end = Date.now() + timeout;
    for (;;) {
      await this.#openMenu(row);
      // A web view that gets the focus late closes the menu, which is then opened again.
      const isChosen = await this.settled(async () => {
        await entry.hover({ timeout: 1_000 }).catch(() => {});
        return (await focused.and(entry).count()) > 0;
      }, 5_000);
      if (isChosen) {
        // A menu swallows the clicks of its first moments, lest the one that opened it chooses as well.
        await this.page.keyboard.press('Enter');
        await entry.waitFor({ state: 'detached' });
        return;
      }
      const entries = await this.#menuEntries().allInnerTexts();
      await this.#closeMenu();
      if (Date.now() > end) throw new Error(`${item} is not chosen from the menu: ${entries.join(', ')}`);
    }
  }

  /** Opens the menu of a row: one that moves below the pointer leaves its place to another row, whose menu it would be. */
  async #openMenu(row: Locator): Promise<void> {
    const end = Date.now() + timeout;
    do {
      await this.#approach(row);
      await row.click({ button: 'right', timeout: 5_000 }).catch(() => {});
      const open = await this.settled(() => this.#menuEntries().first().isVisible(), 3_000);
      // The editor moves its focus to the row whose menu it shows.
      if (open && (await this.settled(() => isFocused(row), 2_000))) {
        return;
      }
      await this.#closeMenu();
    } while (Date.now() < end);
    throw new Error(`The menu of ${row.toString()} does not open.`);
  }

  /** Scrolls to a row, which an answer may have moved out of sight since, and leaves the others. */
  async #approach(row: Locator): Promise<void> {
    const view = this.#views.get(row);
    await (view ? this.reveal(view, row) : this.leaveRows());
  }

  #menuEntries(): Locator {
    return this.page.locator('.monaco-menu').getByRole('menuitem');
  }

  async #closeMenu(): Promise<void> {
    if (await this.#menuEntries().first().isVisible()) {
      await this.page.keyboard.press('Escape');
      await this.#menuEntries().first().waitFor({ state: 'detached' });
    }
  }

  /** An entry of the menu that is open, whose keys belong to its name for screen readers. */
  menuEntry(item: string): Locator {
    const name = new RegExp(`^${escapeRegExp(item)}(?:\\s*(?:Ctrl|Shift|Alt|⌘|⇧).*)?$`);
    return this.page.locator('.monaco-menu').getByRole('menuitem', { name });
  }

  /** What the menu of a row has, from the top. */
  async contextMenuEntries(row: Locator): Promise<readonly string[]> {
    await this.#openMenu(row);
    const names = await this.#menuEntries().allInnerTexts();
    await this.#closeMenu();
    // A key that does the same stands below the name.
    return names.map((name) => (name.trim().split('\n')[0] ?? '').trim());
  }

  /** The button that a row shows when the pointer is over it. */
  async inlineButton(row: Locator, title: string): Promise<void> {
    const button = row.getByRole('button', { name: title });
    const end = Date.now() + timeout;
    // A view that has just been answered moves its rows away from the pointer, and draws them once more for their counts:
    // a click in between is lost. The tooltip of a pointer at rest may cover the button.
    do {
      await this.#approach(row);
      // A window behind another one is drawn seldom.
      await row.hover({ timeout: 15_000 }).catch(() => {});
      const shown = await button.elementHandle({ timeout: 2_000 }).catch(() => null);
      await this.page.waitForTimeout(400);
      if ((await shown?.evaluate((element) => element.isConnected)) === true && (await clicked(button))) {
        return;
      }
    } while (Date.now() < end);
    throw new Error(`${title} is not shown on ${row.toString()}: ${await row.innerText({ timeout: 1_000 })}`);
  }

  /** Rests the pointer on a row until its tooltip is shown: a row that moves away from the pointer shows none. */
  async tooltipOf(row: Locator, tooltip: Locator): Promise<Locator> {
    const end = Date.now() + timeout;
    while (Date.now() < end) {
      await this.#approach(row);
      await row
        .locator('.monaco-icon-label')
        .first()
        .hover({ position: { x: 12, y: 8 } });
      // What is drawn anew below a pointer at rest shows its tooltip once the pointer moves.
      await this.page.mouse.move(...(await this.#besidePointer(row)));
      if (await this.settled(() => tooltip.first().isVisible(), 4_000)) {
        return tooltip;
      }
      await this.leaveRows();
      await this.page.waitForTimeout(300);
    }
    const shown = await this.page.locator('.workbench-hover').allInnerTexts();
    throw new Error(
      `No tooltip of ${row.toString()} at ${JSON.stringify(await row.boundingBox())}: ${shown.join('\n---\n')}`,
    );
  }

  async #besidePointer(row: Locator): Promise<[x: number, y: number]> {
    const box = await row.locator('.monaco-icon-label').first().boundingBox();
    return [(box?.x ?? 0) + 24, (box?.y ?? 0) + 9];
  }

  /** Runs a command of ours from the palette. */
  command(title: string): Promise<void> {
    return this.paletteCommand('AMI Explorer', title);
  }

  /** Opens Find Image… and types into it. */
  async findImage(text: string): Promise<void> {
    await this.typeFor('Find Image…', text);
  }

  /** Types into what a command opens, without Enter. */
  async typeFor(command: string, text: string): Promise<void> {
    const typed = async () => (await this.quickInput().isVisible()) && (await this.quickInput().inputValue()) === text;
    const end = Date.now() + timeout;
    while (Date.now() < end) {
      await this.command(command);
      await this.quickInput()
        .fill(text, { timeout: 5_000 })
        .catch(() => {});
      // A web view that gets the focus back late, after the palette has closed, closes what has opened since.
      await this.page.waitForTimeout(200);
      if (await typed()) {
        return;
      }
    }
    throw new Error(`${command} does not stay open.`);
  }

  /** Reloads the window as VS Code does, which keeps what is to be kept. */
  async reloadWindow(): Promise<void> {
    const reloaded = this.page.waitForEvent('load');
    await this.paletteCommand('Developer', 'Reload Window');
    await reloaded;
    await this.page.locator('.activitybar').waitFor({ timeout: 90_000 });
  }

  async paletteCommand(category: string, title: string): Promise<void> {
    const end = Date.now() + timeout;
    const text = `>${category}: ${title}`;
    // Until it has looked for the text, the palette lists what was run last, some of which is named like it.
    const label = this.page.locator('.label-name', { hasText: new RegExp(`^${escapeRegExp(text.slice(1))}…?$`) });
    const row = this.page.locator('.quick-input-widget:visible .monaco-list-row', { has: label }).first();
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    // Undefined in a window that the command reloads.
    const textOfInput = () => input.inputValue({ timeout: 1_000 }).catch(() => undefined);
    const isOpen = async () => (await this.quickInput().isVisible()) && (await textOfInput()) === text;
    for (;;) {
      await this.page.keyboard.press('F1');
      const filled = await this.quickInput()
        .fill(text, { timeout: 5_000 })
        .then(
          () => true,
          () => false,
        );
      // What the command opens is not taken for the palette.
      if (filled && (await clicked(row)) && (await this.settled(async () => !(await isOpen()), 5_000))) {
        return;
      }
      // A web view that gets the focus late closes the palette, which is then opened again.
      if (Date.now() > end) throw new Error(`The palette does not show ${category}: ${title}`);
    }
  }

  /** The text field of the quick pick or input box that is open. */
  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible input[type="text"]').first();
  }

  quickPickRow(label: string | RegExp): Locator {
    return this.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: label }).first();
  }

  async dismissQuickInput(): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const end = Date.now() + timeout;
    do {
      await this.page.keyboard.press('Escape');
      if (await this.settled(async () => !(await widget.isVisible()), 5_000)) return;
    } while (Date.now() < end);
    throw new Error(`It stays open: ${await widget.innerText()}`);
  }

  /** The button that a line of a quick pick shows when the pointer is over it, also where its lines are drawn anew. */
  async quickPickButton(line: Locator, title: string): Promise<void> {
    const button = line.getByRole('button', { name: title });
    const end = Date.now() + timeout;
    do {
      await line.hover({ timeout: 5_000 }).catch(() => {});
      if (await clicked(button, 2_000)) return;
    } while (Date.now() < end);
    throw new Error(`${title} is not shown on ${line.toString()}`);
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
    await this.accept();
  }

  /** Accepts what the quick pick or input box offers; it gets the focus first, which a web view may have taken. */
  accept(): Promise<void> {
    return this.quickInput().press('Enter');
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
    const row = this.quickPickRow(name);
    const isListed = await this.settled(async () => {
      await this.page.keyboard.press('Control+P');
      await this.quickInput()
        .fill(name, { timeout: 5_000 })
        .catch(() => {});
      if (await this.settled(() => row.isVisible(), 3_000)) return clicked(row);
      // The editor goes on looking in the files that it has listed: one written since is among those of another look.
      await this.dismissQuickInput();
      return false;
    }, timeout);
    if (!isListed) throw new Error(`The editor lists no file ${name}.`);
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    await this.#editorFocused();
    await this.page.locator('.editor-instance .view-lines').first().waitFor();
  }

  /** Puts the cursor of the active editor into a line and column, both from 1. */
  async goTo(line: number, column: number): Promise<void> {
    const end = Date.now() + timeout;
    do {
      await this.page.keyboard.press('Control+G');
      const isAnswered = await this.quickInput()
        .fill(`:${line}:${column}`, { timeout: 5_000 })
        .then(() => this.accept())
        .then(
          () => true,
          () => false,
        );
      if (isAnswered) {
        // A menu that opens before it is gone would close with it.
        await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
        await this.#editorFocused();
        return;
      }
    } while (Date.now() < end);
    throw new Error('Go to Line does not open.');
  }

  /** What is pressed next is for the text. */
  async #editorFocused(): Promise<void> {
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
  }

  /** Replaces the settings of the user as a person does, who edits the file. */
  async writeUserSettings(values: Readonly<Record<string, unknown>>): Promise<void> {
    await this.paletteCommand('Preferences', 'Open User Settings (JSON)');
    const modal = this.page.locator('.monaco-modal-editor-block');
    await modal.locator('.view-lines').first().click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(JSON.stringify(values));
    const isClosed = async () => {
      await this.page.keyboard.press('Control+S');
      await this.page.waitForTimeout(500);
      await this.page.keyboard.press('Escape');
      if (await this.settled(async () => (await modal.count()) === 0, 3_000)) return true;
      // The editor asks about what is not saved yet.
      if (await this.dialog().isVisible()) await this.page.keyboard.press('Escape');
      return false;
    };
    if (!(await this.settled(isClosed, timeout))) throw new Error('The settings stay open.');
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

/** Whether a row is drawn as a whole: a list also draws rows beyond its edges. False where it is drawn no more. */
async function isWithin(row: Locator, list: Locator): Promise<boolean> {
  const [inner, outer] = await Promise.all([row.boundingBox({ timeout: 2_000 }).catch(() => null), list.boundingBox()]);
  return (
    inner !== null && outer !== null && inner.y >= outer.y - 1 && inner.y + inner.height <= outer.y + outer.height + 1
  );
}

async function isSelected(row: Locator): Promise<boolean> {
  return (await row.getAttribute('aria-selected', { timeout: 1_000 }).catch(() => null)) === 'true';
}

/** Whether a row of a list has the list's focus; false where it is drawn no more. */
async function isFocused(row: Locator): Promise<boolean> {
  const classes = await row.getAttribute('class', { timeout: 1_000 }).catch(() => null);
  return classes?.split(' ').includes('focused') ?? false;
}
