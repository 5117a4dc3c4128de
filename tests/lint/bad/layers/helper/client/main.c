#include "client/helper/import/sheet.h"
