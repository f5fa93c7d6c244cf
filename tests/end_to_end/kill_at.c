/* Loaded before a program: ends it by SIGKILL at the Nth of the calls with which files are written and named.

   KILL_AT=CALL:N:before or CALL:N:after, CALL one of write, pwrite, fsync, rename, unlink (write counts all writing);
   KILL_AT=count:FILE writes how many calls of each there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum call { WRITE, PWRITE, FSYNC, RENAME, UNLINK, CALLS };
static const char* const names[CALLS] = {"write", "pwrite", "fsync", "rename", "unlink"};
static atomic_long counts[CALLS];
static int wanted = -1, after;
static long at;
static char report[4096];

__attribute__((constructor)) static void read_wish(void) {
  const char* wish = getenv("KILL_AT");
  if (wish == NULL) return;
  if (strncmp(wish, "count:", 6) == 0) {
    snprintf(report, sizeof report, "%s", wish + 6);
    return;
  }
  for (int i = 0; i < CALLS; ++i) {
    const size_t length = strlen(names[i]);
    if (strncmp(wish, names[i], length) == 0 && wish[length] == ':') {
      wanted = i;
      at = atol(wish + length + 1);
      after = strstr(wish, ":after") != NULL;
    }
  }
}

__attribute__((destructor)) static void tell(void) {
  if (report[0] == 0) return;
  FILE* out = fopen(report, "w");
  if (out == NULL) return;
  for (int i = 0; i < CALLS; ++i)
    fprintf(out, "%s %ld\n", names[i], atomic_load(&counts[i]));
  fclose(out);
}

static int is_due(enum call which) {
  return atomic_fetch_add(&counts[which], 1) + 1 == at && (int)which == wanted;
}

#define WATCHED(which, call)            \
  const int due = is_due(which);        \
  if (due && !after) raise(SIGKILL);    \
  const __typeof__(call) result = call; \
  if (due) raise(SIGKILL);              \
  return result

ssize_t write(int file, const void* data, size_t bytes) {
  static ssize_t (*real)(int, const void*, size_t);
  if (real == NULL) real = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
  /* Half of it, when the process is to end in the middle. */
  const int due = is_due(WRITE);
  if (due) {
    real(file, data, bytes / 2);
    raise(SIGKILL);
  }
  return real(file, data, bytes);
}
ssize_t pwrite64(int file, const void* data, size_t bytes, off64_t where) {
  static ssize_t (*real)(int, const void*, size_t, off64_t);
  if (real == NULL) real = (ssize_t(*)(int, const void*, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
  WATCHED(PWRITE, real(file, data, bytes, where));
}
ssize_t pwrite(int file, const void* data, size_t bytes, off_t where) {
  return pwrite64(file, data, bytes, where);
}
int fsync(int file) {
  static int (*real)(int);
  if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  WATCHED(FSYNC, real(file));
}
int rename(const char* from, const char* to) {
  static int (*real)(const char*, const char*);
  if (real == NULL) real = (int (*)(const char*, const char*))dlsym(RTLD_NEXT, "rename");
  WATCHED(RENAME, real(from, to));
}
int unlink(const char* path) {
  static int (*real)(const char*);
  if (real == NULL) real = (int (*)(const char*))dlsym(RTLD_NEXT, "unlink");
  WATCHED(UNLINK, real(path));
}
