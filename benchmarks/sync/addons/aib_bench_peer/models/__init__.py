from . import bench_peer
