#include "daemon/service/cert/cert.h"
