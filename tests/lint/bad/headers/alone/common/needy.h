#pragma once
struct date needy_today(void);
size_t needy_size(void);
