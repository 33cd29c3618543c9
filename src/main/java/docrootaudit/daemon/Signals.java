package docrootaudit.daemon;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * The signals that the service takes itself. The Java platform has no class of its own for them: {@code sun.misc.Signal}
 * of jdk.unsupported is what every service uses, and is found by name here because javac warns of it with a warning that
 * cannot be suppressed.
 */
final class Signals {
    private Signals() {}

    /**
     * Runs something on a signal, in a thread of its own, instead of what the virtual machine would do.
     *
     * @param name without SIG
     */
    static void on(String name, Runnable what) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            InvocationHandler run = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    what.run();
                }
                return null;
            };
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, run);
            handle.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SIG" + name + " cannot be handled", e);
        }
    }
}
