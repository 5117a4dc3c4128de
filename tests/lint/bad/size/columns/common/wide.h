/* A line of more than a hundred and twenty columns, which nobody can read beside another without scrolling to the right. */
