using System.Runtime.CompilerServices;

// Every argument of the C ABI is blittable, so calls need no marshalling stub.
[assembly: DisableRuntimeMarshalling]
