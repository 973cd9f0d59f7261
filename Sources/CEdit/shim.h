#pragma once
/* libedit sets and gets everything by functions of variable arguments, which Swift cannot call, and
   wants streams of stdio, which Swift cannot name; so there are wrappers for what is needed. */
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Makes the C library take characters for UTF-8; returns whether it does. */
static inline bool cedit_use_utf8(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;
  return setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}

static char *cedit_prompt(EditLine *editor) {
  (void)editor;
  static char prompt[] = "> ";
  return prompt;
}

/* What inserts and deletes characters within a row. libedit uses it also where the line goes on in the
   next row, which has then what was pushed out of this one in the wrong columns; without it, it writes
   rows anew. */
static inline void cedit_write_rows_anew(EditLine *editor) {
  static const char *const capabilities[] = {"ic", "im", "ei", "ip", "IC", "dc", "dm", "ed", "DC"};
  for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++)
    el_set(editor, EL_SETTC, capabilities[i], "", NULL);
}

/* An editor on the standard streams with a history; null where there is no memory. A signal restores
   the terminal, goes to the handler that the program has, and ends the line as an error. */
static inline EditLine *cedit_open(const char *program, History *past) {
  EditLine *editor = el_init(program, stdin, stdout, stderr);
  if (editor == NULL) return NULL;
  HistEvent event;
  history(past, &event, H_SETSIZE, 1000);
  history(past, &event, H_SETUNIQUE, 1);
  el_set(editor, EL_PROMPT, cedit_prompt);
  el_set(editor, EL_EDITOR, "emacs");
  el_set(editor, EL_SIGNAL, 1);
  el_set(editor, EL_HIST, history, past);
  cedit_write_rows_anew(editor);
  el_source(editor, NULL);
  return editor;
}

static inline void cedit_remember(History *past, const char *line) {
  HistEvent event;
  history(past, &event, H_ENTER, line);
}
