internal import COneDNN

/// The version of oneDNN in use, such as `2.6.3`.
package func oneDNNVersion() -> String { String(cString: conednn_version()) }

/// Keeps the products of the calling thread inside it; a ``WorkerPool`` does so for its own.
package func useOneThread() { conednn_use_one_thread() }
