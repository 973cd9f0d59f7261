internal import Kernels
internal import CZlib
package func start() { useOneThread() }
