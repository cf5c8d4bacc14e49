using ScFm.Kernel.Protocol;
using ScFm.Kernel.Session;
if (args is ["kernel","start","--connection-file", var f]) { KernelServer.Run(ConnectionFile.Read(f)); Environment.Exit(0); }
return 0;
