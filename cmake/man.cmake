# SPDX-License-Identifier: Apache-2.0
# Manual pages, where scdoc is there. A page X.scd is taken as it is; in X.scd.in the line
# @GENERATED@ is replaced by what `apidoc PART` prints from the interface table.
find_program(SCDOC scdoc)
if(NOT SCDOC)
    message(STATUS "scdoc not found: no manual pages")
    return()
endif()

function(smed_man page source)
    set(out ${CMAKE_BINARY_DIR}/man/${page})
    string(REGEX REPLACE ".*\\." "" section ${page})
    if(ARGC GREATER 2)
        add_custom_command(OUTPUT ${out}
            COMMAND ${CMAKE_COMMAND} -DSOURCE=${source} -DAPIDOC=$<TARGET_FILE:apidoc> -DPART=${ARGV2}
                    -DSCDOC=${SCDOC} -DOUT=${out} -P ${PROJECT_SOURCE_DIR}/cmake/man-generated.cmake
            DEPENDS ${source} apidoc ${PROJECT_SOURCE_DIR}/cmake/man-generated.cmake VERBATIM)
    else()
        add_custom_command(OUTPUT ${out}
            COMMAND sh -c "mkdir -p \"$(dirname \"$3\")\" && \"$1\" < \"$2\" > \"$3\"" sh ${SCDOC} ${source} ${out}
            DEPENDS ${source} VERBATIM)
    endif()
    install(FILES ${out} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
    set_property(GLOBAL APPEND PROPERTY SMED_MAN_PAGES ${out})
endfunction()

smed_man(smed.8 ${PROJECT_SOURCE_DIR}/daemon/smed.8.scd)
if(TARGET apidoc)
    smed_man(sme-ctl.1 ${PROJECT_SOURCE_DIR}/client/sme-ctl.1.scd.in man-ctl)
    smed_man(smed-api.7 ${PROJECT_SOURCE_DIR}/client/smed-api.7.scd.in man-api)
endif()
if(EXISTS ${PROJECT_SOURCE_DIR}/client/sme-standard.5.scd)
    smed_man(sme-standard.5 ${PROJECT_SOURCE_DIR}/client/sme-standard.5.scd)
endif()
get_property(pages GLOBAL PROPERTY SMED_MAN_PAGES)
add_custom_target(man ALL DEPENDS ${pages})
