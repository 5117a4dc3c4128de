#include "daemon/service/assist/assist.h"
