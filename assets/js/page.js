// placeholder until the modules are written
