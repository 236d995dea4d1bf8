# cmake -D PROGRAM=... -P shown.cmake
# Fails unless the program that c.h shows accepts the first message and refuses the second.
execute_process(COMMAND "${PROGRAM}" OUTPUT_VARIABLE out COMMAND_ERROR_IS_FATAL ANY)
foreach(expected IN ITEMS "^Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.com"
    "\nReceived-SPF: pass " "\n550-5.7.23 " "\n550 5.7.23 ")
  if(NOT out MATCHES "${expected}")
    message(FATAL_ERROR "${PROGRAM} prints no ${expected}:\n${out}")
  endif()
endforeach()
