/**
 * What people are told of findings: which events become which messages to whom, how they are worded, and how they are
 * delivered so that none is lost.
 *
 * <p>It knows neither the store nor the scan: both are handed to it.
 */
package docrootaudit.alert;
