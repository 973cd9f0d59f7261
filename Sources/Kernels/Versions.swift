internal import COneDNN

/// The version of oneDNN in use, such as `2.6.3`.
package func oneDNNVersion() -> String { String(cString: conednn_version()) }
