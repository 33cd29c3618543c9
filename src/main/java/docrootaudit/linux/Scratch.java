package docrootaudit.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import docrootaudit.access.PathBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory outside the heap that system calls read from and write to. Used by one thread. */
final class Scratch {
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(() -> new Scratch(1 << 17));

    final ByteBuffer bytes;
    final long address;

    Scratch(int size) {
        bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = Pointer.nativeValue(Native.getDirectBufferPointer(bytes));
    }

    /** The calling thread's own, for calls that are not many. */
    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    int size() {
        return bytes.capacity();
    }

    /** Writes the bytes and a NUL at an offset; returns the address. */
    long put(int offset, byte[] text) {
        bytes.put(offset, text);
        bytes.put(offset + text.length, (byte) 0);
        return address + offset;
    }

    long put(int offset, PathBytes path) {
        return put(offset, path.bytes());
    }

    byte[] get(int offset, int length) {
        byte[] copy = new byte[length];
        bytes.get(offset, copy);
        return copy;
    }

    /** The bytes up to a NUL at an address anywhere in memory. */
    static byte[] stringAt(long address) {
        Pointer pointer = new Pointer(address);
        return pointer.getByteArray(0, (int) pointer.indexOf(0, (byte) 0));
    }
}
