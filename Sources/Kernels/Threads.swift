internal import COneDNN
package func useOneThread() { conednn_use_one_thread() }
