/* A note. */
int cow;
