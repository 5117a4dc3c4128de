# SPDX-License-Identifier: Apache-2.0
# cmake -DSOURCE= -DAPIDOC= -DPART= -DSCDOC= -DOUT= -P: one manual page with its generated part.
execute_process(COMMAND ${APIDOC} ${PART} OUTPUT_FILE ${OUT}.part COMMAND_ERROR_IS_FATAL ANY)
file(READ ${SOURCE} frame)
file(READ ${OUT}.part part)
string(REPLACE "@GENERATED@" "${part}" page "${frame}")
file(WRITE ${OUT}.scd "${page}")
execute_process(COMMAND ${SCDOC} INPUT_FILE ${OUT}.scd OUTPUT_FILE ${OUT} COMMAND_ERROR_IS_FATAL ANY)
