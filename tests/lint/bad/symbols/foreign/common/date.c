int parse_date(void);
int parse_date(void)
{
    return 0;
}
