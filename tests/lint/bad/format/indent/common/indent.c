int indent_one(void) {
  return 1; }
