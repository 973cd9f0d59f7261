#pragma once
#ifdef __cplusplus
extern "C" {
#endif
void conednn_use_one_thread(void);
#ifdef __cplusplus
}
#endif
