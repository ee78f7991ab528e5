package io.stridewatch.event;

import java.util.Set;

/**
 * The cluster's own accounts: the API server, its controllers and the kubelets, by the names that
 * Kubernetes gives them (kubernetes/pkg/controlplane and its bootstrap policy). Other accounts of
 * kube-system are whatever somebody installed.
 */
final class ControlPlane {
  private static final String ACCOUNT = "system:serviceaccount:kube-system:";
  private static final Set<String> USERS =
      Set.of(
          "system:apiserver",
          "system:kube-controller-manager",
          "system:kube-scheduler",
          "system:kube-proxy",
          "system:cloud-controller-manager",
          "system:konnectivity-server");
  private static final Set<String> CONTROLLERS =
      Set.of(
          "attachdetach-controller",
          "bootstrap-signer",
          "certificate-controller",
          "cloud-controller-manager",
          "cloud-node-lifecycle-controller",
          "clusterrole-aggregation-controller",
          "cronjob-controller",
          "daemon-set-controller",
          "deployment-controller",
          "device-taint-eviction-controller",
          "disruption-controller",
          "endpoint-controller",
          "endpointslice-controller",
          "endpointslicemirroring-controller",
          "ephemeral-volume-controller",
          "expand-controller",
          "generic-garbage-collector",
          "horizontal-pod-autoscaler",
          "job-controller",
          "legacy-service-account-token-cleaner",
          "namespace-controller",
          "node-controller",
          "persistent-volume-binder",
          "pod-garbage-collector",
          "pv-protection-controller",
          "pvc-protection-controller",
          "replicaset-controller",
          "replication-controller",
          "resource-claim-controller",
          "resourcequota-controller",
          "root-ca-cert-publisher",
          "route-controller",
          "selinux-warning-controller",
          "service-account-controller",
          "service-cidrs-controller",
          "service-controller",
          "statefulset-controller",
          "storage-version-migrator-controller",
          "storageversion-garbage-collector",
          "taint-eviction-controller",
          "token-cleaner",
          "ttl-after-finished-controller",
          "ttl-controller",
          "vac-protection-controller",
          "validatingadmissionpolicy-status-controller",
          "kube-proxy",
          "coredns");

  private ControlPlane() {}

  /** Whether the user is one of them; null, nobody recognised, is not. */
  static boolean has(String user) {
    if (user == null || !user.startsWith("system:")) {
      return false;
    }
    return USERS.contains(user)
        || user.startsWith("system:node:")
        || user.startsWith(ACCOUNT) && CONTROLLERS.contains(user.substring(ACCOUNT.length()));
  }
}
