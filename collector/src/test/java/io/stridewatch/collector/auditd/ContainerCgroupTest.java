package io.stridewatch.collector.auditd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerCgroupTest {
  private static final String ID =
      "dac834cf4eff3e388b5b796848450f284a21e88c543f8ed55fc82b89e91b7b0d";
  private static final String OTHER =
      "ce1ca09d2a66fe95f284ac7e20c1d29e7f6aa2741b97a8141c13abefdab7653b";

  /** Paths of engines with the cgroupfs and the systemd driver, in lines of cgroup v1 and v2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::/docker/ID",
        "9:name=systemd:/docker/ID",
        "0::/system.slice/docker-ID.scope",
        "0::/system.slice/docker-ID.scope/init.scope",
        "0::/../docker-ID.scope",
        "4:memory:/kubepods/besteffort/pod2c48913c-b29f-11e7-9350-020968147796/ID",
        "0::/kubepods.slice/kubepods-pod1b2.slice/cri-containerd-ID.scope",
        "1:cpu:/system.slice/containerd.service/kubepods-pod1b2.slice:cri-containerd:ID",
        "0::/kubepods.slice/kubepods-burstable.slice/kubepods-pod1b2.slice/crio-ID.scope",
        "0::/machine.slice/libpod-ID.scope/container",
        "0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope",
        "0::/libpod_parent/libpod-ID",
        "0::/ecs/8a1b/ID",
        "0::/default/ID",
        "10:net_prio:/ID",
        "0::/docker/ID (deleted)",
        "0::/system.slice/docker-ID.scope (deleted)",
        "0::/deep/er/ID",
        "0::/mine.slice/docker-ID.scope",
        "0::/../../docker-ID.scope",
        "0::/user.slice/user-1000.slice/user@1000.service/user.slice/docker-ID.scope",
        "0::/system.slice/docker-ID.scope/system.slice/nginx.service",
        "12:cpu,cpuacct:/kubepods.slice/kubepods-podX.slice/docker-ID.scope",
        "0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podX.slice/ID",
        "0::/kubepods/burstable/pod2c48913c-b29f-11e7-9350-020968147796/crio-ID",
        "0::/kubepods.slice/kubepods-podX.slice/crio-ID.scope/container",
        "13:name=systemd:/kuberuntime/containerd/kubepods-podX:cri-containerd:ID",
        "11:devices:/system.slice/containerd.service/kubepods-podX.slice:cri-containerd:ID",
        "0::/system.slice/nerdctl-ID.scope",
        "0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-podX.slice/cri-containerd-ID.scope",
        "0::/system.slice/nginx.service/libpod-payload-ID",
        "0::/machine.slice/machine-libpod_pod_1.slice/libpod-ID.scope/container",
        "0::/lxc.payload.outer/docker/ID",
      })
  void theGroupIsTheContainers(String line) {
    assertEquals(ID, ContainerCgroup.container(line.replace("ID", ID) + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::/",
        "",
        "0::/user.slice/user-1000.slice/session-3.scope",
        "0::/system.slice/containerd.service",
        "0::/machine.slice/libpod-conmon-ID.scope",
        "0::/system.slice/crio-conmon-ID.scope",
        "0::/kubepods/besteffort/pod2c48913c-b29f-11e7-9350-020968147796",
        "0::/libpod_parent/conmon",
        "0::/system.slice/nginx.service/runtime",
        "0::/kubepods/burstable/podX/crio-conmon-ID",
        "0::/kata_overhead/ID",
        "0::/kata_overhead/kubepods/podX/ID",
        "4:memory:/kubepods/pod2c48913c/kata_ID",
        "0::/lxc.monitor.web",
        "0::/machine.slice/machine-qemu\\x2d1\\x2dvm.scope",
        "0::/system.slice/docker.service",
        "0::/system.slice/var-lib-docker-overlay2-ID-merged.mount",
        "0::/docker/IDa",
        "0::/docker/ID-more",
        "4:memory:/process_api/f5c5484adf822966c0c1284de60da97f",
      })
  void theGroupIsTheHosts(String line) {
    assertEquals("host", ContainerCgroup.container(line.replace("ID", ID) + "\n"));
  }

  /** Containers, but of no engine that numbers them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::/lxc.payload.web/init.scope",
        "4:memory:/lxc/web",
        "0::/machine.slice/machine-web.scope/payload",
        "0::/docker/buildkit/5cf82fwiumld3vcs5d5l5pzyv",
        "0::/system.slice/buildkit-5cf82fwiumld3vcs5d5l5pzyv.scope",
      })
  void theContainerHasNoNumber(String line) {
    assertEquals("unknown", ContainerCgroup.container(line + "\n"));
  }

  @Test
  void onANodeOfKindTheNodesContainerCounts() {
    String inner =
        "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-podX.slice/cri-containerd-";
    for (String node : new String[] {"/docker/" + ID, "/system.slice/docker-" + ID + ".scope"}) {
      assertEquals(ID, ContainerCgroup.container("0::" + node + inner + OTHER + ".scope\n"));
    }
  }

  @Test
  void oneHierarchyThatNamesTheContainerIsEnough() {
    String groups = "9:name=systemd:/\n8:pids:/docker/" + ID + "\n0::/\n";
    assertEquals(ID, ContainerCgroup.container(groups));
  }

  @Test
  void ofAContainerInAContainerTheOuterOneCounts() {
    assertEquals(ID, ContainerCgroup.container("0::/docker/" + ID + "/docker/" + OTHER + "\n"));
  }
}
