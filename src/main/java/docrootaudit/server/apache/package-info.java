/**
 * Apache httpd 2.4 as its configuration describes it: what it answers to a request, and why.
 *
 * <p>A configuration is read into {@link docrootaudit.server.apache.Directive directives}, these into what each section
 * says; a request then goes through the phases of {@code ap_process_request_internal()} (server/request.c) in the
 * server's own order. The names of hooks and functions in the comments are those of httpd's sources, where a rule can
 * be looked up.
 *
 * <p>A file under a tenant's hand ({@code .htaccess}, password files) is read through the tree alone, and nothing of it
 * but the names of its directives is ever quoted.
 */
package docrootaudit.server.apache;
