/**
 * Where the program is put together: {@link docrootaudit.Main} gives the commands what they need, this machine among it.
 * Imports everything; nothing imports it.
 */
package docrootaudit;
