#include "client/import/table.h"
