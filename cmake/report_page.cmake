# Bundles the report's page (output/report/page) into one HTML file: cmake -DSOURCE= -DBUILD= -DOUTPUT= -P report_page.cmake
# Without npm, or a way to its registry, OUTPUT is empty and ${BUILD}/missing says why: the program then works without its
# report. `./nearshore build` tries again.
cmake_minimum_required(VERSION 3.25)
file(MAKE_DIRECTORY ${BUILD})
file(REMOVE ${BUILD}/missing)
find_program(NODE NAMES node nodejs)
find_program(NPM NAMES npm)

function(give_up why)
  message(WARNING "the report's page is not built (${why}); the program works without `report`")
  file(WRITE ${BUILD}/missing "${why}\n")
  file(WRITE ${OUTPUT} "")
endfunction()

if(NOT NODE OR NOT NPM)
  give_up("node or npm is not installed")
  return()
endif()
foreach(file package.json package-lock.json .npmrc)
  configure_file(${SOURCE}/${file} ${BUILD}/${file} COPYONLY)
endforeach()
# Packages only when the lock file is another than that of the last time.
file(SHA256 ${SOURCE}/package-lock.json lock)
set(installed "")
if(EXISTS ${BUILD}/installed)
  file(READ ${BUILD}/installed installed)
endif()
if(NOT installed STREQUAL lock)
  execute_process(COMMAND ${NPM} ci --omit=dev --ignore-scripts --prefer-offline --no-audit --no-fund
                  WORKING_DIRECTORY ${BUILD} RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(failed)
    file(WRITE ${BUILD}/npm.log "${said}")
    give_up("npm ci failed, see npm.log in the build folder's report_page")
    return()
  endif()
  file(WRITE ${BUILD}/installed ${lock})
endif()
execute_process(COMMAND ${NODE} ${SOURCE}/bundle.mjs ${SOURCE} ${BUILD} ${OUTPUT}
                WORKING_DIRECTORY ${BUILD} RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "bundling the report's page failed") # a fault of its sources, not of the machine
endif()
