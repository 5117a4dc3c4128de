#include "client/helper/standard/edition.h"
