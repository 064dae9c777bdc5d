// What the rooms use of CodeMirror, as one global: README.md says how it is built.
export { history, historyKeymap, insertNewlineKeepIndent, isolateHistory, standardKeymap, undo } from "@codemirror/commands";
export { EditorState, StateEffect, StateField } from "@codemirror/state";
export { Decoration, EditorView, ViewPlugin, WidgetType, keymap } from "@codemirror/view";
