/** The package as a host has it: installed into a Debian that was booted for the test, with real servers beside it. */
package docrootaudit.host;
