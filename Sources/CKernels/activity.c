#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "ckernels.h"

/* A thread's times; they outlive it, and are few. */
struct times {
  double seconds[CKERNELS_ACTIVITIES];
  double since;
  int current, direction;
  struct times *next;
};

static _Thread_local struct times *mine;
static struct times *all;
static pthread_mutex_t all_mutex = PTHREAD_MUTEX_INITIALIZER;
static volatile int is_counting;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

void ckernels_count_activities(int counting) {
  pthread_mutex_lock(&all_mutex);
  for (struct times *times = all; times; times = times->next)
    for (int i = 0; i < CKERNELS_ACTIVITIES; i++) times->seconds[i] = 0;
  is_counting = counting;
  pthread_mutex_unlock(&all_mutex);
}

int ckernels_begin_activity(int activity) {
  if (!is_counting) return 0;
  double time = now();
  if (!mine) {
    mine = calloc(1, sizeof *mine);
    if (!mine) return 0;
    pthread_mutex_lock(&all_mutex);
    mine->next = all;
    all = mine;
    pthread_mutex_unlock(&all_mutex);
  } else {
    mine->seconds[mine->current] += time - mine->since;
  }
  int before = mine->current;
  mine->current = activity;
  mine->since = time;
  return before;
}

int ckernels_begin_product(int first) {
  return is_counting ? ckernels_begin_activity(first + (mine ? mine->direction : 0)) : 0;
}

void ckernels_set_direction(int direction) {
  if (mine) mine->direction = direction;
}

void ckernels_activity_seconds(double seconds[CKERNELS_ACTIVITIES]) {
  for (int i = 0; i < CKERNELS_ACTIVITIES; i++) seconds[i] = 0;
  pthread_mutex_lock(&all_mutex);
  for (struct times *times = all; times; times = times->next)
    for (int i = 0; i < CKERNELS_ACTIVITIES; i++) seconds[i] += times->seconds[i];
  pthread_mutex_unlock(&all_mutex);
}
