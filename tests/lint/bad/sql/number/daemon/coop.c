struct stmt *q = query_coop_list(store);
const char *name = stmt_text(q, 1);
