global using System.Runtime.InteropServices;
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;

// Many tests seed torch's one generator; beside each other they would draw each other's numbers. All of them take seconds.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
