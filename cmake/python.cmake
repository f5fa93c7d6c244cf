# The Python package: build/python/nearshore holds the module and the package's files, ready to be imported or installed by pip.
# Debian's Python, whatever python3 comes first on PATH.
set(PYBIND11_FINDPYTHON ON)
set(Python_EXECUTABLE /usr/bin/python3 CACHE FILEPATH "Python for which the module is built")
find_package(Python COMPONENTS Interpreter Development.Module QUIET)
find_package(pybind11 QUIET)
file(REMOVE ${CMAKE_BINARY_DIR}/nearshore_python.present)
if(NOT pybind11_FOUND OR NOT Python_Development.Module_FOUND)
  message(STATUS "no pybind11 or Python headers: the Python package is not built")
  return()
endif()
file(TOUCH ${CMAKE_BINARY_DIR}/nearshore_python.present) # for the launcher

set(python_package ${CMAKE_BINARY_DIR}/python/nearshore)
file(GLOB binding_sources CONFIGURE_DEPENDS python/bindings/*.cpp)
pybind11_add_module(nearshore_python NO_EXTRAS ${binding_sources})
target_link_libraries(nearshore_python PRIVATE nearshore_output Boost::headers)
set_target_properties(nearshore_python PROPERTIES OUTPUT_NAME _core LIBRARY_OUTPUT_DIRECTORY ${python_package})
add_custom_command(TARGET nearshore_python POST_BUILD COMMENT "Copying the Python package"
  COMMAND ${CMAKE_COMMAND} -E copy_directory ${CMAKE_SOURCE_DIR}/python/nearshore ${python_package})
