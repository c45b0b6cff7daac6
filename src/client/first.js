// From the front page, whose `data-rivers` names the others, it leads to the river that the reader chose.
try{const{'orrery-scheme':s,'orrery-density':r}=localStorage,d=document.documentElement.dataset
if(/^(light|dark)$/.test(s))d.scheme=s
if(d.rivers?.split(' ').includes(r))location.replace(r+'/')
}catch{}
